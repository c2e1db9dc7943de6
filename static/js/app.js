// Progressive enhancement for every page. Each module looks for its own elements; a page without them costs nothing.
import { countCharacters } from "./character-count.js";
import { confirmSubmissions } from "./confirm-submit.js";
import { openForHashAndWidth } from "./disclosure.js";
import { focusErrors } from "./form-errors.js";
import { formatMarkdown } from "./markdown-toolbar.js";
import { leaveQuickly } from "./quick-exit.js";
import { suggestWhileTyping } from "./search-suggestions.js";

// First: whatever fails below, one can leave.
leaveQuickly();
countCharacters();
confirmSubmissions();
openForHashAndWidth();
focusErrors();
formatMarkdown();
suggestWhileTyping();
