// What this tab remembers over page changes, and no longer than the tab: the conversation, what was typed, the text size.

const MOST_ITEMS = 40;

class Memory {
  constructor(town) {
    this.key = `dx-annai:${town}`;
    this.kept = { conversation: null, items: [], erasing: [], draft: "", failed: null, look: null, open: false, size: 0 };
    try {
      Object.assign(this.kept, JSON.parse(sessionStorage.getItem(this.key)));
    } catch {
      // A browser that forbids storage: the conversation lasts as long as the page.
    }
  }

  keep(changed) {
    Object.assign(this.kept, changed);
    this.kept.items = this.kept.items.slice(-MOST_ITEMS);
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      // As above.
    }
  }
}
