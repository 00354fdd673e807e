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
