import { fileURLToPath } from 'node:url'
import path from 'node:path'
import { defineConfig } from 'vitepress'

const docs = fileURLToPath(new URL('../../docs', import.meta.url))
const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
const repository = 'https://github.com/requests4j/requests4j/blob/main/'

// Pages link to sources, to files beside the docs and to data; on the site these are links to the repository.
function linksOutOfDocs(md) {
  const plain = md.renderer.rules.link_open ?? ((tokens, index, options, env, self) => self.renderToken(tokens, index, options))
  md.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const href = tokens[index].attrGet('href') ?? ''
    const data = /^[\w./-]+\.(csv|json|yml)$/.test(href)
    if (env.path && (href.startsWith('..') || data)) {
      const target = path.relative(docs, path.resolve(path.dirname(env.path), href))
      if (target.startsWith('..') || data) {
        tokens[index].attrSet('href', repository + path.relative(path.dirname(docs), path.resolve(docs, target)))
        return self.renderToken(tokens, index, options)
      }
    }
    return plain(tokens, index, options, env, self)
  }
}

function diagrams(md) {
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, options, env, self) =>
    tokens[index].info.trim() === 'mermaid'
      ? `<pre class="mermaid" v-pre>${md.utils.escapeHtml(tokens[index].content)}</pre>`
      : fence(tokens, index, options, env, self)
}

function pages(...entries) {
  return entries.map(([text, link]) => ({ text, link }))
}

export default defineConfig({
  title: 'requests4j',
  description: 'The HTTP client of Python\'s requests for Java and Spring Boot',
  srcDir: '../docs',
  outDir: './dist',
  cacheDir: './.cache',
  cleanUrls: false,
  // The pages are outside this folder, where its modules would not be found.
  vite: {
    resolve: {
      alias: [
        { find: 'vue/server-renderer', replacement: path.join(modules, 'vue/server-renderer/index.mjs') },
        { find: /^vue$/, replacement: path.join(modules, 'vue/dist/vue.runtime.esm-bundler.js') }
      ]
    },
    build: { chunkSizeWarningLimit: 4000 }
  },
  rewrites: { 'README.md': 'index.md' },
  markdown: {
    config(md) {
      linksOutOfDocs(md)
      diagrams(md)
    }
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Get started', link: '/guide/first-application' },
      { text: 'Configuration', link: '/configuration' },
      { text: 'Troubleshooting', link: '/troubleshooting' },
      {
        text: 'Javadoc',
        items: ['requests-core', 'requests-spring-boot-autoconfigure', 'requests-spring-boot-test'].map((module) => ({
          text: module,
          link: `/javadoc/${module}/index.html`,
          target: '_blank'
        }))
      }
    ],
    sidebar: [
      {
        text: 'Get started',
        items: pages(
          ['Your first Spring application', '/guide/first-application'],
          ['Quickstart without Spring', '/guide/quickstart'],
          ['Kotlin', '/guide/kotlin']
        )
      },
      {
        text: 'With Spring Boot',
        items: pages(
          ['Sessions in YAML', '/guide/sessions'],
          ['Interface clients', '/guide/clients'],
          ['Existing RestClients', '/guide/restclients'],
          ['Authentication', '/guide/authentication'],
          ['TLS', '/guide/tls'],
          ['Proxies', '/guide/proxies'],
          ['Retries', '/guide/retries'],
          ['Resilience', '/resilience'],
          ['Caching', '/guide/caching'],
          ['Several replicas', '/guide/replicas'],
          ['Live settings', '/guide/live-settings'],
          ['Observation', '/guide/observation'],
          ['Dashboard and alerts', '/operations/dashboard'],
          ['Testing', '/testing']
        )
      },
      {
        text: 'Without Spring',
        items: pages(['Advanced usage', '/guide/advanced'], ['API overview', '/guide/api'])
      },
      {
        text: 'Help',
        items: pages(['Troubleshooting', '/troubleshooting'], ['Questions', '/faq'])
      },
      {
        text: 'Migrate',
        items: pages(
          ['From RestTemplate or RestClient', '/migration-from-restclient'],
          ['From OpenFeign', '/migration-from-openfeign'],
          ['From OkHttp or Retrofit', '/migration-from-okhttp'],
          ['From Python requests', '/migration-from-python-requests']
        )
      },
      {
        text: 'Reference',
        items: pages(
          ['Configuration', '/configuration'],
          ['Dependencies and size', '/dependencies'],
          ['Security', '/security'],
          ['Reliability', '/reliability'],
          ['Performance', '/performance'],
          ['Comparison', '/comparison']
        )
      },
      {
        text: 'Compared with Python requests',
        items: pages(['API map', '/api-map'], ['Behaviours', '/behaviours'], ['Differences', '/differences'])
      },
      {
        text: 'For maintainers',
        items: pages(
          ['Architecture', '/architecture'],
          ['Decisions', '/decisions'],
          ['Faults, threats and long runs', '/maintainers/reliability'],
          ['The first five minutes', '/maintainers/first-minutes'],
          ['Releasing', '/releasing']
        )
      }
    ],
    socialLinks: [{ icon: 'github', link: 'https://github.com/requests4j/requests4j' }]
  }
})
