// Keeps the preview of an entry beside its form up to date while it is written; without this script a button does.
(() => {
  const form = document.getElementById("writing");
  const place = document.getElementById("beside");
  const roomy = matchMedia("(min-width: 70rem)"); // where the preview stands beside the form, as in staff.css
  const after = 800; // milliseconds without a key
  let timer = 0;
  let latest = 0;
  const look = async () => {
    const turn = ++latest;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("do", "preview");
    try {
      const response = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.getElementById("preview");
      // A form that cannot be read yet keeps the last preview; so does an answer that was overtaken.
      if (next && turn === latest) show(next);
    } catch {
      // The network was away for a moment; the next key looks again.
    }
  };
  const show = (next) => {
    const open = [...place.querySelectorAll("details")].map((one) => one.open);
    next.querySelectorAll("details").forEach((one, number) => { one.open = open[number] ?? one.open; });
    place.replaceChildren(next);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (roomy.matches || place.firstElementChild) timer = setTimeout(look, after);
  });
  if (roomy.matches && !place.firstElementChild && form.elements.title.value) look();
})();
