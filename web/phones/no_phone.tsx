import { Empty } from "../components/empty.tsx";

/** What stands here before the first phone is paired. */
export function NoPhone({ onPair }: { onPair: () => void }) {
  return (
    <section class="no-phone" aria-label="No phone yet">
      <Empty heading="No phone is paired">
        A paired phone tells this computer, and nobody else, which app is in front. Its time then
        counts with the rest of your day: signal, noise or neutral. Here you will see what each
        phone does now, its days by hour and app, and which of its apps distract.
      </Empty>
      <button type="button" onClick={onPair}>Pair a phone</button>
    </section>
  );
}
