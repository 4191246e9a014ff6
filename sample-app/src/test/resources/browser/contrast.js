// Texts whose contrast is below that of WCAG 2.2, level AA (1.4.3).
const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
const luminance = (colour) => channels(colour).slice(0, 3)
	.map((value) => value / 255)
	.map((value) => (value <= 0.04045) ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
	.reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
const isClear = (colour) => channels(colour)[3] === 0;

function ground(element) {
	for (let each = element; each; each = each.parentElement) {
		const colour = getComputedStyle(each).backgroundColor;
		if (!isClear(colour)) {
			return colour;
		}
	}
	return 'rgb(255, 255, 255)';
}

function contrast(one, other) {
	const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (high + 0.05) / (low + 0.05);
}

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const poor = [];
let checked = 0;
while (walker.nextNode()) {
	const element = walker.currentNode.parentElement;
	if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('.hidden, .skip')) {
		continue;
	}
	const style = getComputedStyle(element);
	const ratio = contrast(element.closest('svg') ? style.fill : style.color, ground(element));
	const large = parseFloat(style.fontSize) >= 24;
	checked++;
	if (ratio < (large ? 3 : 4.5)) {
		poor.push(`${ratio.toFixed(2)}: ${walker.currentNode.data.trim()} (${element.className || element.tagName})`);
	}
}
return (checked > 50) ? poor : [`only ${checked} texts were looked at`];
