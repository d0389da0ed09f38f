from sandbox.pages.inbox import sent

show = html = raw = attachment = confirm_unsubscribe = unsubscribe = sent
