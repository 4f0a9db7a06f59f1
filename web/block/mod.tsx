export { BlockView as View } from "./block_view.tsx";
