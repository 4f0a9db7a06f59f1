/** What hinders a channel whose settings are missing: "Cannot send mail: A, B and C are not set; see docs/x.md". */
export function missingSettings(
  action: string,
  names: readonly string[],
  page: string,
): string {
  const last = names.at(-1)!;
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
  return `${action}: ${list} ${names.length === 1 ? "is" : "are"} not set; see ${page}`;
}
