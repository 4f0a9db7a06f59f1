export { RulesView as View } from "./rules_view.tsx";
