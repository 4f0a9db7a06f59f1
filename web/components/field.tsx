import { cloneElement, type VNode } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with what stands in it. */
  readonly problem?: string;
  readonly class?: string;
  /** The input; it gets the label's id and what describes it. */
  readonly children: VNode<Record<string, unknown>>;
}

/** An input under its label, with a hint, and with what is wrong. */
export function Field({ label, hint, problem, class: className = "", children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div class={`field ${className}`}>
      <label for={id}>{label}</label>
      {cloneElement(children, {
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": problem !== undefined || undefined,
      })}
      {hint && <p id={`${id}-hint`} class="hint quiet">{hint}</p>}
      {problem && <p id={`${id}-problem`} class="field-problem">{problem}</p>}
    </div>
  );
}
