"""What a browser calls itself, in the words of whoever looks for a strange one."""

_BROWSERS = (
    ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("QQBrowser", "QQ 浏览器"),
    ("QIHU", "360 浏览器"), ("360SE", "360 浏览器"), ("360EE", "360 浏览器"), ("Edg", "Edge"),
    ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("HarmonyOS", "鸿蒙"), ("OpenHarmony", "鸿蒙"), ("Android", "安卓"), ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"), ("Windows", "Windows"), ("Mac OS X", "苹果电脑"), ("Linux", "Linux"),
)  # fmt: skip


def browser_in_words(agent: str) -> str:
    """Machine and browser, as `Windows 上的 Edge`."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "其他浏览器")
    machine = next((name for sign, name in _MACHINES if sign in agent), "")
    return f"{machine} 上的 {browser}" if machine else browser
