// Live events of the playground, taken up again after every break.

const SHORTEST_WAIT = 1000;
const LONGEST_WAIT = 8000;

/**
 * Follow the events after a cursor.
 *
 * `onEvent` gets each one. `onLost` is told when the line breaks, and `onBack` once the
 * playground answers again: it gives the cursor to go on from, as a playground that was
 * started anew counts from the beginning.
 */
export function follow(cursor, { onEvent, onLost, onBack }) {
  let wait = SHORTEST_WAIT;
  let source = null;

  function open(after) {
    source = new EventSource(`api/events?after=${after}`);
    source.onopen = () => { wait = SHORTEST_WAIT; };
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      source.close();
      onLost();
      setTimeout(retry, wait);
    };
  }

  async function retry() {
    try {
      open(await onBack());
    } catch {
      wait = Math.min(wait * 2, LONGEST_WAIT);
      setTimeout(retry, wait);
    }
  }

  open(cursor);
  addEventListener("pagehide", () => source.close());
}
