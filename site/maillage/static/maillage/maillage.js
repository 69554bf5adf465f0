/* What pages do better where scripts run. Nothing here is needed: every page works without it. */
(function () {
  "use strict";

  var each = function (selector, act) {
    document.querySelectorAll(selector).forEach(act);
  };
  var isFrench = document.documentElement.lang.slice(0, 2) === "fr";

  /* After a refusal, start at the list of what to correct. */
  each("[data-focus]", function (summary) {
    summary.focus();
  });

  /* A link of that list to a group of choices leads to its first choice. */
  each(".form-errors a", function (link) {
    link.addEventListener("click", function (event) {
      var target = document.getElementById(link.hash.slice(1));
      var field = target && (target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea"));
      if (!field) return;
      event.preventDefault();
      var fold = field.closest("details");
      if (fold) fold.open = true;
      field.focus();
    });
  });

  /* Count what is left while typing; the server decides. */
  each("[data-counter]", function (note) {
    var area = document.getElementById(note.dataset.counter);
    var limit = area ? Number(area.dataset.max) : 0;
    if (!limit) return;
    var show = function () {
      var used = area.value.length;
      var format = new Intl.NumberFormat(isFrench ? "fr-CA" : "en-CA");
      note.textContent = format.format(used) + " / " + format.format(limit);
      note.classList.toggle("counter-over", used > limit);
    };
    area.addEventListener("input", show);
    show();
  });

  /* A second press of a button while the first one travels does nothing. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
  });

  /* Back from another page: what was sent can be sent again. */
  window.addEventListener("pageshow", function () {
    each("form[data-sent]", function (form) {
      delete form.dataset.sent;
    });
    each("button[aria-disabled]", function (button) {
      button.removeAttribute("aria-disabled");
    });
  });

  /* On a narrow screen, filters wait behind their summary until one is chosen. */
  each("[data-fold-narrow]", function (fold) {
    var isNarrow = window.matchMedia("(max-width: 55.99rem)").matches;
    if (isNarrow && !fold.querySelector(":checked")) fold.open = false;
  });

  /* Buttons that only scripts can serve appear only here. */
  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
