// Optional: every page works without it.
"use strict";

// Offers the browser's time zone first, and chooses it if the reader has not chosen one.
for (const field of document.querySelectorAll("[data-time-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) {
    const place = zone.slice(zone.indexOf("/") + 1).replaceAll("/", ", ").replaceAll("_", " ");
    const isChosen = field.value === "" || field.value === zone;
    field.add(new Option(place, zone, false, isChosen), field.options[1] ?? null);
  }
}

// A page that caches keep can't carry a stamp, so one is fetched when the reader turns to the form. It goes into the
// form once it is as old as a stamp must be. The form works without, as it does when the reader comes back to it.
for (const field of document.querySelectorAll("[data-stamp]")) {
  const fetchStamp = async () => {
    const answer = await fetch("/subscribe/stamp");
    if (answer.ok) {
      const stamp = await answer.text();
      setTimeout(() => { field.value = stamp; }, 2500);
    }
  };
  field.form.addEventListener("focusin", fetchStamp, { once: true });
  addEventListener("pageshow", () => { field.value = ""; });
}
