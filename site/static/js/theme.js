/* The reader's choice of paper. It runs before the page is drawn, so that nothing flashes; the choice is a cookie
   of its own, so that pages which are the same for everybody can be kept by caches. */
(function () {
  "use strict";
  var year = 365 * 24 * 3600;
  var root = document.documentElement;

  function chosen() {
    var found = document.cookie.match(/(?:^|; )theme=(light|dark)(?:;|$)/);
    return found ? found[1] : "auto";
  }

  function apply(theme) {
    if (theme === "auto") {
      root.removeAttribute("data-theme");
    } else {
      root.setAttribute("data-theme", theme);
    }
  }

  function keep(theme) {
    var secure = location.protocol === "https:" ? "; Secure" : "";
    var age = theme === "auto" ? 0 : year;
    document.cookie = "theme=" + theme + "; Path=/; Max-Age=" + age + "; SameSite=Lax" + secure;
  }

  apply(chosen());
  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector(".theme-choice");
    if (!form) return;
    form.elements.theme.value = chosen();
    form.addEventListener("change", function (event) {
      keep(event.target.value);
      apply(event.target.value);
    });
  });
})();
