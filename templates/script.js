// What is nicer with a script. Every page works without it.
"use strict";

// The time zone that this browser is in, where the reader has not chosen one.
for (const field of document.querySelectorAll("[data-time-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field.value === "" && zone) {
    field.value = zone;
  }
}
