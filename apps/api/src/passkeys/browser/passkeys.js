// Shows the form of a passkey where the browser knows them, and fills it in: asks us what the device is to sign, then the
// device, then sends the form like any other.
/* global document, SimpleWebAuthnBrowser */
const { browserSupportsWebAuthn, startAuthentication, startRegistration } = SimpleWebAuthnBrowser;

for (const box of browserSupportsWebAuthn() ? document.querySelectorAll('[data-passkey]') : []) {
  const form = box.querySelector('form');
  const error = box.querySelector('[role=alert]');
  const ask = box.dataset.passkey === 'new' ? startRegistration : startAuthentication;
  box.hidden = false;
  for (const instead of document.querySelectorAll('[data-without-script]')) instead.hidden = true;
  // Not a button that sends: without this script it would send nothing that anybody could use.
  form.querySelector('button[type=button]')?.addEventListener('click', () => form.requestSubmit());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    error.hidden = true;
    begin(form)
      .then((optionsJSON) => ask({ optionsJSON }))
      .then((response) => {
        form.elements['response'].value = JSON.stringify(response);
        form.submit();
      })
      .catch(() => {
        error.hidden = false;
        error.focus();
      });
  });
}

async function begin(form) {
  const body = new URLSearchParams({ _csrf: form.elements['_csrf'].value });
  const answer = await fetch(form.dataset.options, { method: 'POST', body });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
