(function () {
  'use strict';
  var PERIOD = 3000;
  var page = document.documentElement;
  var live = document.querySelector('.live');
  var tag = live && live.getAttribute('data-tag');
  var sorted = {};
  var timer = 0;

  function all(selector, parent) {
    return Array.prototype.slice.call((parent || document).querySelectorAll(selector));
  }

  /* Relative times, in the words of the browser. */
  var words = window.Intl && Intl.RelativeTimeFormat
      ? new Intl.RelativeTimeFormat(page.lang, { numeric: 'auto' }) : null;

  function ago(time) {
    var seconds = Math.round((time - Date.now()) / 1000);
    var size = Math.abs(seconds);
    if (size < 60) { return words.format(seconds, 'second'); }
    if (size < 3600) { return words.format(Math.round(seconds / 60), 'minute'); }
    if (size < 86400) { return words.format(Math.round(seconds / 3600), 'hour'); }
    return words.format(Math.round(seconds / 86400), 'day');
  }

  function times() {
    if (!words) { return; }
    all('time[datetime]').forEach(function (one) {
      if (!one.dataset.at) {
        one.dataset.at = one.textContent;
      }
      var relative = ago(Date.parse(one.getAttribute('datetime')));
      if (one.hasAttribute('data-relative')) {
        one.title = one.dataset.at;
        one.textContent = relative;
      } else {
        one.title = relative;
      }
    });
  }

  /* Sorting by a click on a heading. */
  function value(row, column) {
    var cell = row.cells[column];
    var raw = cell ? cell.getAttribute('data-value') : null;
    return raw === null ? (cell ? cell.textContent : '') : Number(raw);
  }

  function sort(table, column, direction) {
    var body = table.tBodies[0];
    all('tr', body).map(function (row, at) {
      return { row: row, at: at, value: value(row, column) };
    }).sort(function (a, b) {
      var order = typeof a.value === 'number' && typeof b.value === 'number'
          ? a.value - b.value : String(a.value).localeCompare(String(b.value), page.lang);
      return (order || a.at - b.at) * (order ? direction : 1);
    }).forEach(function (entry) { body.appendChild(entry.row); });
    all('th', table).forEach(function (head, at) {
      if (at === column) {
        head.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
      } else {
        head.removeAttribute('aria-sort');
      }
    });
  }

  function sortable() {
    all('table[data-sort]').forEach(function (table) {
      var name = table.getAttribute('data-sort');
      all('th', table).forEach(function (head, column) {
        var button = document.createElement('button');
        button.type = 'button';
        button.textContent = head.textContent;
        button.addEventListener('click', function () {
          var last = sorted[name];
          var first = head.classList.contains('number') ? -1 : 1;
          var direction = last && last.column === column ? -last.direction : first;
          sorted[name] = { column: column, direction: direction };
          sort(table, column, direction);
        });
        head.textContent = '';
        head.appendChild(button);
      });
      if (sorted[name]) {
        sort(table, sorted[name].column, sorted[name].direction);
      }
    });
  }

  /* Polling: nothing is sent while the page is hidden, and 304 costs a few bytes. */
  function isUsed(main) {
    var selection = window.getSelection();
    return main.contains(document.activeElement) && document.activeElement !== main
        || selection && !selection.isCollapsed && main.contains(selection.anchorNode);
  }

  function replace(text) {
    var next = new DOMParser().parseFromString(text, 'text/html');
    var main = document.querySelector('main');
    var fresh = next.querySelector('main');
    if (!fresh) { return; }
    var open = all('details', main).map(function (one) { return one.open; });
    var scrolls = all('.scroll', main).map(function (one) { return one.scrollLeft; });
    main.replaceWith(document.adoptNode(fresh));
    all('details', fresh).forEach(function (one, at) { one.open = open[at] || one.open; });
    all('.scroll', fresh).forEach(function (one, at) { one.scrollLeft = scrolls[at] || 0; });
    var side = next.querySelector('nav');
    var old = document.querySelector('nav');
    if (side && old && !old.contains(document.activeElement)) {
      var left = old.scrollLeft;
      old.replaceWith(document.adoptNode(side));
      side.scrollLeft = left;
    }
    sortable();
    times();
  }

  function state(on) {
    if (live) {
      live.classList.toggle('off', !on);
      live.textContent = live.getAttribute(on ? 'data-on' : 'data-off');
      live.hidden = false;
    }
  }

  function poll() {
    window.clearTimeout(timer);
    if (document.hidden || !live) { return; }
    var headers = tag ? { 'If-None-Match': tag } : {};
    fetch(location.href, { headers: headers, cache: 'no-store', credentials: 'same-origin' })
      .then(function (answer) {
        state(answer.ok || answer.status === 304);
        if (!answer.ok) { return null; }
        var next = answer.headers.get('ETag');
        return answer.text().then(function (text) {
          if (!isUsed(document.querySelector('main'))) {
            tag = next;
            replace(text);
          }
        });
      })
      .catch(function () { state(false); })
      .then(function () { timer = window.setTimeout(poll, PERIOD); });
  }

  /* On a phone the navigation is one line, which begins at the page that is shown. */
  function here() {
    var nav = document.querySelector('nav');
    var link = nav && nav.querySelector('[aria-current]');
    if (link) { nav.scrollLeft = link.offsetLeft - (nav.clientWidth - link.offsetWidth) / 2; }
  }

  sortable();
  times();
  here();
  window.setInterval(times, 10000);
  document.addEventListener('visibilitychange', poll);
  timer = window.setTimeout(poll, PERIOD);
})();
