// What the server understands of a typed date stands beside its field once the field is left.
// One parser decides: the one that reads the form.
addEventListener("change", async ({ target }) => {
  const address = target.dataset?.readDate;
  if (!address) return;
  const output = target.nextElementSibling;
  const typed = target.value;
  output.value = "";
  const answer = await fetch(`${address}?typed=${encodeURIComponent(typed)}`).catch(() => null);
  if (answer?.ok && target.value === typed) output.value = (await answer.json()).read;
});
