import type { ComponentChildren } from "preact";
import { ViewLink } from "../components/view_link.tsx";

interface RuleLinkProps {
  readonly app?: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}

/** Longer than this a text does not go into an address, nor would anybody make a rule of all of it. */
const ADDRESS_LIMIT = 300;

/** A program or a title that leads to making a rule for it; plain when it is too long for that. */
export function RuleLink({ app, title, children }: RuleLinkProps) {
  if ((app ?? "").length >= ADDRESS_LIMIT || (title ?? "").length >= ADDRESS_LIMIT) {
    return <>{children}</>;
  }
  return (
    <ViewLink class="calm-link" to="rules" query={{ app, title }}>
      {children}
      <span class="only-heard">, make a rule</span>
    </ViewLink>
  );
}
