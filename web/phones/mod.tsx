export { PhonesView as View } from "./phones_view.tsx";
