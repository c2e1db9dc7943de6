// After a refused form the focus is on the summary of its errors.
export function focusErrors() {
  document.getElementById("form-errors")?.focus();
}
