// What the mouse can do, the keyboard can.

// What scrolls sideways can be reached and scrolled: code, tables, formulas. The arrow keys turn
// mdBook's pages; within such a block they scroll it instead.
(() => {
    const names = { CODE: "Code", DIV: "Table or formula", SPAN: "Formula" };

    function update(block) {
        if (block.scrollWidth > block.clientWidth) {
            block.tabIndex = 0;
            block.setAttribute("role", "group");
            block.setAttribute("aria-label", `${names[block.tagName]}, scrolls sideways`);
        } else if (block.hasAttribute("tabindex")) {
            ["tabindex", "role", "aria-label"].forEach((name) => block.removeAttribute(name));
        }
    }

    function keepArrows(event) {
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
            event.stopPropagation();
        }
    }

    const blocks = document.querySelectorAll(".content pre > code, .table-wrapper, .formula");
    const resized = new ResizeObserver((entries) => entries.forEach((entry) => update(entry.target)));
    blocks.forEach((block) => {
        block.addEventListener("keydown", keepArrows);
        resized.observe(block);
    });
    // A font that arrives changes how wide the text is, and not the block around it.
    document.fonts.ready.then(() => blocks.forEach(update));
})();

// mdBook's switch for its sidebar is a label without a role, which no key reaches.
(() => {
    const toggle = document.getElementById("mdbook-sidebar-toggle");
    toggle.setAttribute("role", "button");
    toggle.tabIndex = 0;
    toggle.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            toggle.click();
        }
    });
})();
