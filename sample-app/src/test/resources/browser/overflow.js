// What stands out at the right.
return [...document.querySelectorAll('body *')]
	.filter((element) => element.checkVisibility() && !element.closest('svg, .hidden, .skip'))
	.filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
	.map((element) => element.outerHTML.slice(0, 120));
