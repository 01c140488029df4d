"""The methods of the science on diffusion, as pure functions on numbers: no database, no pages.

Only the worker loads them: they bring numpy and scipy into memory. Their matrices are small, and threads of the linear
algebra library cost fifty times what they give; so one is enough, unless whoever runs the worker says otherwise.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
