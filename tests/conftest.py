"""How hard Hypothesis searches: `quick` in every run, `soak` where the environment says JCM_SOAK=1."""

import os

from hypothesis import settings

# The same examples for everyone: what fails in one place fails in every place.
settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
# Other examples each time; what fails prints how to see it again.
settings.register_profile("soak", max_examples=2_000, deadline=None, print_blob=True)

settings.load_profile("soak" if os.environ.get("JCM_SOAK") == "1" else "quick")
