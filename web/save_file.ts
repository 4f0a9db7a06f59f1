/** Has the browser save a file, as a link to a download would. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken it up by the next turn; some want a little longer.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
