// Shows how far a plan is read without the page being loaded anew; without this script a link does.
(() => {
  const state = document.getElementById("state");
  const every = 2000; // milliseconds
  const look = async () => {
    try {
      const response = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.getElementById("state");
      if (!next) {
        location.reload();
        return;
      }
      if (next.textContent !== state.textContent) state.replaceChildren(...next.childNodes);
    } catch {
      // The network was away for a moment; the next look may find it.
    }
    setTimeout(look, every);
  };
  setTimeout(look, every);
})();
