// The page also works without this script, but is not updated automatically.
'use strict';

const pauseButton = document.getElementById('pause');
const stations = document.getElementById('stations');
let tracking;

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const announce = (text) => document.getElementById('news').textContent = text;

/* Live parts are rendered by the server. data-live is their URL. */

async function live(part) {
	let last = '';
	for (;;) {
		await pause(part.dataset.every);
		if (document.hidden || pauseButton.getAttribute('aria-pressed') === 'true') {
			continue;
		}
		try {
			const response = await fetch(part.dataset.live);
			const html = await response.text();
			if (response.ok && html !== last) {
				last = html;
				show(part, html);
			}
			document.body.classList.remove('lost');
		}
		catch {
			document.body.classList.add('lost');
		}
	}
}

// Keeps the focus and the values of inputs.
function show(part, html) {
	const breaker = part.querySelector('[data-breaker]')?.dataset.breaker;
	const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
	const typed = [...part.querySelectorAll('input[id]')].map((input) => [input.id, input.value]);
	part.innerHTML = html;
	typed.forEach(([id, value]) => document.getElementById(id)?.setAttribute('value', value));
	if (focused) {
		document.getElementById(focused)?.focus();
	}
	const now = part.querySelector('[data-breaker]');
	if (now && now.dataset.breaker !== breaker) {
		announce(now.firstElementChild.textContent);
	}
}

/* Forms run the action in data-do instead of leaving the page. */

const actions = {

	async order(form) {
		const page = await (await post(form, new FormData(form))).text();
		const fresh = new DOMParser().parseFromString(page, 'text/html');
		for (const id of ['message', 'payments-live', 'shipping-live']) {
			document.getElementById(id).innerHTML = fresh.getElementById(id).innerHTML;
		}
		const parcel = document.querySelector('#message [data-parcel]')?.dataset.parcel;
		if (parcel) {
			track(parcel, `/parcels/${parcel}/events`);
		}
	},

	async trouble(form, button) {
		await post(form, new FormData(form, button), 'manual');
		form.querySelectorAll('button').forEach((each) => each.setAttribute('aria-pressed', each === button));
		announce(`${form.elements.service.value} is now ${button.textContent}`);
	},

	async track(form, button) {
		track(button.value, form.action);
	},

	async transfer(form) {
		const bar = form.querySelector('progress');
		const note = form.querySelector('output');
		note.className = '';
		for await (const line of lines((await post(form, new FormData())).body)) {
			bar.value = line.percent ?? (line.ok ? 100 : 0);
			note.textContent = line.text ?? `${line.percent} %`;
			note.className = (line.ok === false) ? 'failure' : '';
		}
	},

};

const post = (form, fields, redirect = 'follow') =>
	fetch(form.action, { method: 'POST', body: new URLSearchParams(fields), redirect });

// Yields the JSON object in each line as soon as it arrives.
async function* lines(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
		const complete = (rest + piece.value).split('\n');
		rest = complete.pop();
		yield* complete.map((line) => JSON.parse(line));
	}
}

function track(parcel, url) {
	tracking?.close();
	stations.replaceChildren();
	document.getElementById('tracked').textContent = parcel;
	tracking = new EventSource(url);
	const add = (event) => stations.append(Object.assign(document.createElement('li'),
		{ textContent: event.data, className: event.type }));
	tracking.addEventListener('station', add);
	tracking.addEventListener('failure', add);
	// An open event source would reconnect and start again.
	['end', 'failure', 'error'].forEach((last) => tracking.addEventListener(last, (event) => event.target.close()));
}

/* Marks a form as busy while a slow service responds, and submits it only once. */

document.addEventListener('submit', async (event) => {
	const form = event.target;
	event.preventDefault();
	if (form.getAttribute('aria-busy') === 'true') {
		return;
	}
	form.setAttribute('aria-busy', 'true');
	try {
		await actions[form.dataset.do](form, event.submitter);
	}
	catch {
		announce('Depot does not respond.');
	}
	form.removeAttribute('aria-busy');
});

pauseButton.hidden = false;
pauseButton.addEventListener('click', () =>
	pauseButton.setAttribute('aria-pressed', pauseButton.getAttribute('aria-pressed') !== 'true'));

document.querySelectorAll('[data-live]').forEach(live);
