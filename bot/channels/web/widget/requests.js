// The HTTP API of the town: no cookies, no referrer, a bound on the waiting, and failures by their kind.

const LONGEST_WAIT = 15000; // milliseconds

class Failure extends Error {
  constructor(kind, wait = 0) {
    super(kind);
    this.kind = kind;
    this.wait = wait;
  }
}

const KINDS = { 404: "unknown", 413: "long", 422: "long", 429: "busy" };

class Requests {
  constructor(base, town) {
    this.address = new URL(`api/v1/towns/${encodeURIComponent(town)}`, base).href;
  }

  async send(method, path, body) {
    const stopping = new AbortController();
    const timer = setTimeout(() => stopping.abort(), LONGEST_WAIT);
    const asked = { method, signal: stopping.signal, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
    if (body) Object.assign(asked, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    try {
      const response = await fetch(this.address + path, asked);
      if (!response.ok) throw new Failure(KINDS[response.status] || "server", Number(response.headers.get("Retry-After")) || 10);
      return response.status === 204 ? null : await response.json();
    } catch (problem) {
      if (problem instanceof Failure) throw problem;
      throw new Failure(stopping.signal.aborted ? "timeout" : "network");
    } finally {
      clearTimeout(timer);
    }
  }

  look() {
    return this.send("GET", "");
  }

  ask(message) {
    return this.send("POST", "/ask", message);
  }

  suggest(typed) {
    return this.send("POST", "/suggest", { q: typed });
  }

  vote(vote) {
    return this.send("POST", "/feedback", vote);
  }

  erase(conversation) {
    return this.send("DELETE", `/conversations/${conversation}`);
  }
}
