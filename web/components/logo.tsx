/** The product's sign: a clear line rising out of static. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" class="logo-ground" />
      <path d="M6 13v6M10 10v12M14 14v4" class="logo-static" />
      <path d="M18 22l3-6 2 3 4-10" class="logo-signal" />
    </svg>
  );
}
