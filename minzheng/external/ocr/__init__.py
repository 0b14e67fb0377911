"""Text recognition: the engine, its models, lines and where they are cut."""

import os

# Before the engine is loaded: by itself it tells its maker which machine runs it, and how often.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
