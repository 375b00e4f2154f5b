"""What every test starts from: no screen, no personal settings, no clock in the properties."""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long one example takes says more about the machine than about the rule.
settings.register_profile(
    "motebok", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("motebok")
