from tests.permissions.matrix import SIGNED_IN, Row

ROWS = [
    Row("accounts:data", get=SIGNED_IN, post=SIGNED_IN),
    Row("accounts:download", get=SIGNED_IN),
]
