// Shows at once what is saved. Without it, the page is complete, and reloaded by hand.
'use strict';

const body = document.body;
const live = document.getElementById('live');
let stream = null;
let busy = false;
let again = false;

function tell(state, text) {
  live.dataset.state = state;
  live.textContent = text;
}

// A hidden tab has no stream: browsers open six connections to a server, and more tabs would wait for each other.
function listen() {
  if (stream || document.hidden) return;
  stream = new EventSource(body.dataset.events);
  stream.onmessage = event => {
    tell('on', 'Live');
    if (event.data !== body.dataset.revision) refresh();
  };
  stream.onerror = () => {
    tell('off', 'Not connected. Is verdict preview running?');
    if (stream && stream.readyState === EventSource.CLOSED) {
      stop();
      setTimeout(listen, 2000);
    }
  };
}

function stop() {
  if (stream) stream.close();
  stream = null;
}

document.addEventListener('visibilitychange', () => document.hidden ? stop() : listen());
addEventListener('pagehide', stop);
addEventListener('pageshow', listen);

async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) throw new Error(answer.statusText);
    show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch {
    tell('off', 'The file is gone, or verdict preview has ended');
  }
  busy = false;
  if (again) {
    again = false;
    refresh();
  }
}

function show(fresh) {
  document.title = fresh.title;
  body.dataset.revision = fresh.body.dataset.revision;
  for (const part of document.querySelectorAll('[data-part]')) {
    const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (next) part.replaceChildren(...next.childNodes);
  }
  const [old, next] = [document, fresh].map(page => page.querySelector('[data-frames]'));
  if (old && next) showFrames(old, next);
}

// A frame whose picture is the same stays as it is, with its scroll position. Another picture begins at the element
// that changed.
function showFrames(old, next) {
  const addresses = [...next.querySelectorAll('iframe')].map(frame => frame.getAttribute('src'));
  const frames = [...old.querySelectorAll('iframe')];
  if (frames.length !== addresses.length) return old.replaceChildren(...next.childNodes);
  frames.forEach((frame, at) => {
    const address = addresses[at];
    if ((frame.dataset.shown ?? frame.getAttribute('src')) === address) return;
    frame.dataset.shown = address;
    // Not `src`, which would add a step to the browser's history.
    frame.contentWindow.location.replace(new URL(`${address}#changed`, location.href));
  });
}

const form = document.getElementById('reader');
if (form) form.addEventListener('change', () => form.requestSubmit());

listen();
