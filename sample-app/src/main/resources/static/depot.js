// A slow service keeps a form waiting: show it, and send the form only once.
document.addEventListener('submit', (event) => {
	const form = event.target;
	if (form.getAttribute('aria-busy') === 'true') {
		event.preventDefault();
	}
	form.setAttribute('aria-busy', 'true');
});

// Back from the browser's cache, nothing is under way any more.
window.addEventListener('pageshow', () => {
	document.querySelectorAll('form[aria-busy]').forEach((form) => form.removeAttribute('aria-busy'));
});
