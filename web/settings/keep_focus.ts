/**
 * Keeps the keyboard's place where what had it goes away: a row that was removed, a button that has done its work.
 * @module
 */

/**
 * Watches `root`; when the element with the focus is taken out of it, the panel that it stood in has the focus, so that
 * the next Tab goes on from there and not from the top of the page. The result ends that.
 */
export function keepFocusIn(root: HTMLElement): () => void {
  let last: Element | undefined;
  const remember = ({ target }: FocusEvent) => last = target as Element;
  const observer = new MutationObserver((changes) => {
    if (last === undefined || last.isConnected) return;
    const gone = last;
    last = undefined;
    const hasFocus = document.activeElement !== null && document.activeElement !== document.body;
    // A dialog gives the focus back to what it was opened from by itself, and a little later.
    if (hasFocus || gone.closest("dialog") !== null) return;
    const place = changes.find(({ removedNodes }) =>
      [...removedNodes].some((node) => node.contains(gone))
    )?.target;
    const panel = place instanceof Element && place.closest<HTMLElement>(".panel, form");
    if (!panel || !panel.isConnected) return;
    panel.tabIndex = -1;
    panel.focus({ preventScroll: true });
  });
  root.addEventListener("focusin", remember);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener("focusin", remember);
    observer.disconnect();
  };
}
