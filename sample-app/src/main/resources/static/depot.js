// The page also works without this script: each form then leads to a page.
'use strict';

const pauseButton = document.getElementById('pause');
const stations = document.getElementById('stations');
let tracking;

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const lostParts = new Set();
const announce = (text, failed = false) => document.getElementById(failed ? 'alarm' : 'news').textContent = text;

/* Live parts are rendered by the server. data-live is their URL. */

async function live(part) {
	for (;;) {
		await pause(part.dataset.every);
		if (document.hidden || pauseButton.getAttribute('aria-pressed') === 'true') {
			continue;
		}
		try {
			const response = await fetch(part.dataset.live);
			const html = await response.text();
			if (response.ok && html !== part.shown) {
				show(part, html);
			}
			reached(part, response.ok);
		}
		catch {
			reached(part, false);
		}
	}
}

// Old figures must not pass for new ones.
function reached(part, yes) {
	lostParts[yes ? 'delete' : 'add'](part);
	document.body.classList.toggle('lost', lostParts.size > 0);
	document.getElementById('lost').hidden = lostParts.size === 0;
}

// Keeps the focus, the values of inputs, and the results of actions.
function show(part, html) {
	const breaker = part.querySelector('[data-breaker]')?.dataset.breaker;
	const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
	const typed = [...part.querySelectorAll('input[id]')].map((input) => [input.id, input.value]);
	const results = [...part.querySelectorAll('.result:not(:empty)')];
	part.shown = html;
	part.innerHTML = html;
	typed.forEach(([id, value]) => document.getElementById(id)?.setAttribute('value', value));
	results.forEach((result) => keep(result, part));
	if (focused) {
		document.getElementById(focused)?.focus();
	}
	const now = part.querySelector('[data-breaker]');
	if (now && now.dataset.breaker !== breaker) {
		announce(now.firstElementChild.textContent);
	}
}

// A result outlives its control, such as the button of an item whose service has failed since.
function keep(result, part) {
	const place = document.getElementById(result.id);
	if (!place) {
		part.prepend(result);
	}
	else if (!place.textContent) {
		place.replaceWith(result);
	}
}

/* The result of an action is shown next to its control and announced to screen readers. */

function report(result, ok, text) {
	result.textContent = text;
	result.className = `result ${ok ? 'message' : 'failure'}`;
	announce(text, !ok);
	result.scrollIntoView({ block: 'nearest' });
	// A button may be gone, such as that of an order that is complete now.
	if (document.activeElement === document.body) {
		result.focus();
	}
}

/* Forms run the action in data-do instead of leaving the page. */

const actions = {

	async order(form) {
		// The last order is the one that counts.
		document.querySelectorAll('#catalog-live .result, #payments-live .result').forEach((result) => result.replaceChildren());
		const fields = new FormData(form);
		fields.set('page', new URLSearchParams(location.search).get('page') ?? 1);
		const page = await (await post(form, fields)).text();
		const fresh = new DOMParser().parseFromString(page, 'text/html');
		for (const id of ['catalog-live', 'payments-live', 'shipping-live']) {
			show(document.getElementById(id), fresh.getElementById(id).innerHTML);
		}
		const { id, textContent, dataset } = fresh.querySelector('.result:not(:empty)');
		report(document.getElementById(id), Boolean(dataset.parcel), textContent);
		if (dataset.parcel) {
			track(dataset.parcel, `/parcels/${dataset.parcel}`);
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
		const percent = form.querySelector('.percent');
		const response = await post(form, new FormData(), 'follow', 'application/x-ndjson');
		for await (const line of lines(response.body)) {
			bar.value = line.percent ?? (line.ok ? 100 : 0);
			percent.textContent = `${bar.value} %`;
			if (line.text) {
				percent.textContent = '';
				report(form.querySelector('.result'), line.ok, line.text);
			}
		}
	},

};

async function post(form, fields, redirect = 'follow', accept = 'text/html') {
	const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields), redirect, headers: { accept } });
	if (response.status >= 400) {
		throw new Error('rejected', { cause: response.status });
	}
	return response;
}

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
	tracking = new EventSource(`${url}/events`);
	const add = (event) => stations.append(Object.assign(document.createElement('li'),
		{ textContent: event.data, className: event.type }));
	tracking.addEventListener('station', add);
	tracking.addEventListener('failure', add);
	tracking.addEventListener('error', () => add({ type: 'failure', data: 'Depot does not respond' }));
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
	resultOf(form)?.replaceChildren();
	try {
		await actions[form.dataset.do](form, event.submitter);
	}
	catch (error) {
		lost(form, error.cause);
	}
	form.removeAttribute('aria-busy');
});

const resultOf = (form) => form.querySelector('.result') ?? form.parentElement.querySelector(':scope > .result');

function lost(form, status) {
	const result = resultOf(form) ?? form.insertAdjacentElement('afterend', document.createElement('p'));
	report(result, false, status < 500 ? 'Depot did not understand the form, and did nothing.'
		: `Depot ${status ? 'failed' : 'does not respond'}. Reload the page to see what happened.`);
}

pauseButton.addEventListener('click', () =>
	pauseButton.setAttribute('aria-pressed', pauseButton.getAttribute('aria-pressed') !== 'true'));

// What only this script makes useful
document.querySelectorAll('#pause, #tracking, progress').forEach((element) => element.hidden = false);
document.querySelectorAll('[data-live]').forEach(live);
