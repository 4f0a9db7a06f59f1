export { TrendsView as View } from "./trends_view.tsx";
