import { InvalidArgumentError } from "@commander-js/extra-typings";

/** Reads an option's number, `from` to `to`. */
export function number(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
    if (value >= from && value <= to) return value;
    throw new InvalidArgumentError(`Allowed is ${from} to ${to}.`);
  };
}
