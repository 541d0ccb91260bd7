// What a page has before the first script runs.
document.head.innerHTML = '<base href="/">';
