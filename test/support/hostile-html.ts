/** HTML of mails that would run a script, fetch something or cover the page, if a reader let it. */
export const hostileHtml = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<svg><animate attributeName=href values=javascript:alert(1)>', '<iframe src=javascript:alert(1)>', '<a href="java&#10;script:alert(1)">x</a>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>', '<form action=https://evil.example><input name=a></form>', '<base href=https://evil.example>', '<link rel=stylesheet href=https://evil.example/a.css>', '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<style>@import "https://evil.example"</style>', '<div style="background:url(https://evil.example/a.png)">x</div>', '<table background="https://evil.example/a.png"><tr><td>x', '<object data=javascript:alert(1)>', '<img srcset="https://evil.example/a.png 2x">', '<video poster=https://evil.example/a.png>', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>', '<img src="data:image/svg+xml,<svg onload=alert(1)>">', '<div style="position:fixed;top:0">x</div>', '<input autofocus onfocus=alert(1)>', '<img src="//evil.example/a.png">',
  '<img href=https://evil.example>', '<b href="https://evil.example">x</b>',
];
