import { onMounted, watch, nextTick } from 'vue'
import { useRoute } from 'vitepress'
import DefaultTheme from 'vitepress/theme'

async function drawDiagrams() {
  if (document.querySelector('pre.mermaid')) {
    const { default: mermaid } = await import('mermaid')
    mermaid.initialize({ startOnLoad: false, theme: document.documentElement.classList.contains('dark') ? 'dark' : 'default' })
    await mermaid.run()
  }
}

export default {
  extends: DefaultTheme,
  setup() {
    const route = useRoute()
    onMounted(drawDiagrams)
    watch(() => route.path, () => nextTick(drawDiagrams))
  }
}
