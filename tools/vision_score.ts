/**
 * How right the pipeline is: a confusion matrix, and what it must come to.
 * @module
 */
import type { Verdict } from "../vision/verdict.ts";
import { type Class, CLASSES } from "./vision_labels.ts";

/** What the pipeline said; "uncertain" is never right where people are certain. */
export type Answer = Class | "uncertain";
export const ANSWERS: readonly Answer[] = [...CLASSES, "uncertain"];

/** One picture, judged. */
export interface Judged {
  readonly file: string;
  readonly source: string;
  readonly truth: Class;
  readonly answer: Answer;
}

/** What a set of pictures came to. */
export interface Score {
  readonly total: number;
  readonly right: number;
  /** 0..1; 0 without pictures. */
  readonly accuracy: number;
  /** By class, 0..1; `undefined` for a class without pictures. */
  readonly recall: Readonly<Record<Class, number | undefined>>;
  /** Rows are the truth, columns the answers. */
  readonly matrix: Readonly<Record<Class, Readonly<Record<Answer, number>>>>;
}

/** What a score must reach, each 0..1. */
export interface Limits {
  readonly accuracy: number;
  readonly recall: number;
}

/** The class that a verdict speaks of. */
export function answerOf({ state, reason }: Verdict): Answer {
  if (state === "focused" || state === "uncertain") return state;
  if (state === "no_face") return "no face";
  return reason === "eyes closed" ? "eyes closed" : "turned away";
}

/** The score of `judged`. */
export function score(judged: readonly Judged[]): Score {
  const none = () => Object.fromEntries(ANSWERS.map((answer) => [answer, 0]));
  const matrix = Object.fromEntries(CLASSES.map((truth) => [truth, none()])) as Record<
    Class,
    Record<Answer, number>
  >;
  for (const { truth, answer } of judged) matrix[truth][answer]++;
  const right = CLASSES.reduce((sum, name) => sum + matrix[name][name], 0);
  const recall = Object.fromEntries(CLASSES.map((name) => {
    const all = ANSWERS.reduce((sum, answer) => sum + matrix[name][answer], 0);
    return [name, all === 0 ? undefined : matrix[name][name] / all];
  })) as Score["recall"];
  const total = judged.length;
  return { total, right, accuracy: total === 0 ? 0 : right / total, recall, matrix };
}

/** What `scored` misses of `limits`, as sentences; a class without pictures proves nothing and is a miss. */
export function missed({ total, accuracy, recall }: Score, limits: Limits): string[] {
  if (total === 0) return ["there is no unambiguous picture"];
  const misses: string[] = [];
  if (accuracy < limits.accuracy) {
    misses.push(`accuracy is ${accuracy.toFixed(3)}, must be ${limits.accuracy}`);
  }
  for (const name of CLASSES) {
    const value = recall[name];
    if (value === undefined) misses.push(`no picture is "${name}"`);
    else if (value < limits.recall) {
      misses.push(`recall of "${name}" is ${value.toFixed(3)}, must be ${limits.recall}`);
    }
  }
  return misses;
}

/** The faces seen where there is none. */
export function falseFaces(judged: readonly Judged[]): Judged[] {
  return judged.filter(({ truth, answer }) => truth === "no face" && answer !== "no face");
}

/** A score as text: the matrix, and each class's recall. */
export function table({ matrix, recall, right, total, accuracy }: Score): string {
  const cells = [["truth", ...ANSWERS, "recall"]];
  for (const name of CLASSES) {
    const counts = ANSWERS.map((answer) => String(matrix[name][answer]));
    cells.push([name, ...counts, recall[name]?.toFixed(3) ?? "-"]);
  }
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ");
  return [...cells.map(line), `right: ${right} of ${total}, ${accuracy.toFixed(3)}`].join("\n");
}
