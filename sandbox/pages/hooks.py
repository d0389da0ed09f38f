from sandbox.pages.inbox import sent

inbound = inbound_mail = attempts = sent
