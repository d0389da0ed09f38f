"""What a browser calls itself, in words: `Firefox on Windows`. Nothing but words: browsers say what they like."""

# In the order in which they must be looked for: nearly all say they are Chrome and Safari, too
# (developer.mozilla.org/docs/Web/HTTP/Headers/User-Agent).
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def described(agent: str) -> str:
    browser = next((name for mark, name in _BROWSERS.items() if f"{mark}/" in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "")
    return f"{browser} on {system}" if system else browser
