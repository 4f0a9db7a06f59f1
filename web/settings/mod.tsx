export { SettingsView as View } from "./settings_view.tsx";
