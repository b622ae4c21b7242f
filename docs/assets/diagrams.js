// Draws the diagrams of a page with the copy of Mermaid beside this file; a page without diagrams does not load it.
(() => {
  const beside = document.currentScript.src.replace(/[^/]*$/, "");
  const draw = async () => {
    const found = [...document.querySelectorAll("pre.diagram")];
    if (!found.length) return;
    if (!window.mermaid) {
      await new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = beside + "mermaid.min.js";
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      });
    }
    window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: "neutral", fontFamily: "inherit",
      flowchart: { nodeSpacing: 24, rankSpacing: 24, padding: 6, useMaxWidth: true } });
    for (const [place, pre] of found.entries()) {
      try {
        const { svg } = await window.mermaid.render(`diagram-${place}`, pre.textContent);
        const box = document.createElement("div");
        box.className = "diagram";
        box.innerHTML = svg;
        pre.replaceWith(box);
      } catch (error) {
        pre.classList.add("failed"); // the text of the diagram stays where it is
        console.error(error);
      }
    }
    document.documentElement.dataset.diagrams = "drawn";
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw);
  else draw();
})();
