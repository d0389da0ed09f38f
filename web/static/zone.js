// Offers the zone of this browser where nobody has chosen one yet.
for (const field of document.querySelectorAll("input[data-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && field.value === "UTC" && field.closest("form").dataset.fresh !== undefined) field.value = zone;
}
